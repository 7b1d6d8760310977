// SPDX-License-Identifier: Apache-2.0

/** Reads what other killers and service managers say. */
package io.memreport.input.log.killer;
