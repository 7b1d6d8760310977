// SPDX-License-Identifier: Apache-2.0

/** Events while their lines come in, and which of them are the same. */
package io.memreport.input.log.event;
