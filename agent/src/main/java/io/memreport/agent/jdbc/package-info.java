// SPDX-License-Identifier: Apache-2.0
/** Weaves JDBC drivers: matchers, and advice that does no more than call the recorder. */
package io.memreport.agent.jdbc;
