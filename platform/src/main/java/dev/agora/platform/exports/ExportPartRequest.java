package dev.agora.platform.exports;

import java.time.Instant;

/**
 * The parameters of a job that collects the part of this service.
 *
 * @param export the id of the export
 * @param member the id of the member
 * @param until when the part is no longer awaited
 */
record ExportPartRequest(String export, String member, Instant until) {
}
