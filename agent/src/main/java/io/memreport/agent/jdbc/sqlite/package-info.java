// SPDX-License-Identifier: Apache-2.0
/** Weaves sqlite-jdbc. */
package io.memreport.agent.jdbc.sqlite;
