// SPDX-License-Identifier: Apache-2.0
/** Connections that add up because nobody closes them. */
package io.memreport.diagnosis.sqlite.connection;
