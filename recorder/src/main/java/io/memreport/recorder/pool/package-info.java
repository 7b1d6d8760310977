// SPDX-License-Identifier: Apache-2.0
/**
 * Connection pools of the application: how they are set up, how full they are, and who has had a
 * connection for long. {@link io.memreport.recorder.pool.Pools} is what woven code calls.
 *
 * <p>Pools are read through their own getters, by reflection, and are never kept alive.
 */
package io.memreport.recorder.pool;
