// SPDX-License-Identifier: Apache-2.0
/** Weaving with Byte Buddy, in a class loader of its own. */
package io.memreport.agent.weave;
