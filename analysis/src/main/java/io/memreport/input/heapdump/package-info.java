// SPDX-License-Identifier: Apache-2.0

/**
 * Reads heap dumps (HPROF): Shark reads the records, in passes that stream; a graph of numbers is
 * kept, from which dominators and chains are computed.
 */
package io.memreport.input.heapdump;
