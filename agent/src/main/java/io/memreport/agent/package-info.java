// SPDX-License-Identifier: Apache-2.0
/** The {@code -javaagent}: options, class loaders, and the gate that leaves other classes alone. */
package io.memreport.agent;
