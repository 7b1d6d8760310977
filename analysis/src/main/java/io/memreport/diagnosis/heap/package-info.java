// SPDX-License-Identifier: Apache-2.0
/** What samples of the Java heap tell: whose lines allocated the objects that were still there. */
package io.memreport.diagnosis.heap;
