// SPDX-License-Identifier: Apache-2.0
/** What the tests of all modules have in common. */
package io.memreport.testing;
