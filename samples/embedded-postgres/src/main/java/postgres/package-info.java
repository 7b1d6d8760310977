// SPDX-License-Identifier: Apache-2.0
/** Tests that each start a PostgreSQL server, as libraries for tests do it. */
package postgres;
