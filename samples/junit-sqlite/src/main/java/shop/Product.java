// SPDX-License-Identifier: Apache-2.0
package shop;

/** Something that is sold; prices are in cents. */
record Product(String sku, String name, long price) {}
