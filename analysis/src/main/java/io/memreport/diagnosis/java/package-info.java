// SPDX-License-Identifier: Apache-2.0

/** What Java code keeps: heap, classes and direct buffers that were not given back, or ran out. */
package io.memreport.diagnosis.java;
