// SPDX-License-Identifier: Apache-2.0

/** Settings that do not take effect where they are written. */
package io.memreport.diagnosis.sqlite.setting;
