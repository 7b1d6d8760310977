// SPDX-License-Identifier: Apache-2.0

/** What the rules about SQLite share: its settings, page caches and how bad a finding is. */
package io.memreport.diagnosis.sqlite;
