// SPDX-License-Identifier: Apache-2.0
/** What is woven into connection pools: who borrows a connection, and when it comes back. */
package io.memreport.agent.pools;
