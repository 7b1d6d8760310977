// SPDX-License-Identifier: Apache-2.0
/** What goes wrong between an application and its connection pool. */
package io.memreport.diagnosis.pool;
