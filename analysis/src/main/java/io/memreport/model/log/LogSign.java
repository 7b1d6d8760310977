// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * A line that an event rests on.
 *
 * @param text the line without its prefix, shortened if it is long
 * @param source the file it stands in
 * @param line its number there, from 1
 * @param at when it was written, or null
 */
public record LogSign(String text, String source, long line, LogTime at) {}
