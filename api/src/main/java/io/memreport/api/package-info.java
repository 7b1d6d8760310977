// SPDX-License-Identifier: Apache-2.0

/** What a program may call so that its own units of work are measured. */
package io.memreport.api;
