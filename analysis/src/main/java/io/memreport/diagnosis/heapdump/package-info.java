// SPDX-License-Identifier: Apache-2.0

/** Says what a heap dump shows, and joins it with the samples of the run that it was taken in. */
package io.memreport.diagnosis.heapdump;
