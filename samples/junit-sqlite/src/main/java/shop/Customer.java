// SPDX-License-Identifier: Apache-2.0
package shop;

/** Someone who orders. */
record Customer(long id, String name, String email) {}
