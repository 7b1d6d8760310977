// SPDX-License-Identifier: Apache-2.0

/** Write-ahead logs that grow, and who holds them. */
package io.memreport.diagnosis.sqlite.wal;
