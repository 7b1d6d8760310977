// SPDX-License-Identifier: Apache-2.0

/** {@code memreport ci}: the verdict where people look at a build. */
package io.memreport.cli.ci;
