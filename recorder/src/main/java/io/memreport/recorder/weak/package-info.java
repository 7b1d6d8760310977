// SPDX-License-Identifier: Apache-2.0
/** What is known of objects without keeping them alive, and what is lent for a moment. */
package io.memreport.recorder.weak;
