// SPDX-License-Identifier: Apache-2.0
/** Woven into the JDK's pools and timers: whose task a thread runs. */
package io.memreport.agent.threads;
