// SPDX-License-Identifier: Apache-2.0
/** Weaves test frameworks: where a test begins and ends, and how it ended. */
package io.memreport.agent.tests;
