// SPDX-License-Identifier: Apache-2.0

/** Reads build tools, build servers and JVMs. */
package io.memreport.input.log.build;
