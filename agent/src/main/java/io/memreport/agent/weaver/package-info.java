// SPDX-License-Identifier: Apache-2.0

/** What knows all worlds that are woven; the only class here is loaded by name. */
package io.memreport.agent.weaver;
