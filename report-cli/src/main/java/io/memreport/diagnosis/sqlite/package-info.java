// SPDX-License-Identifier: Apache-2.0
/** What is set or used wrongly in SQLite, each rule with the numbers of the recording filled in. */
package io.memreport.diagnosis.sqlite;
