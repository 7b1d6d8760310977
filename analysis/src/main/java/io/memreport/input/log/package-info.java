// SPDX-License-Identifier: Apache-2.0
/** Reads logs of kernels, killers, service managers, containers, build tools and JVMs. */
package io.memreport.input.log;
