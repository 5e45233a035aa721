package dev.agora.feed.exports;

/**
 * The complete part of a service.
 *
 * @param service the name of the service
 * @param run identifies the run in which it was collected
 * @param chunks the number of its chunks
 * @param records the number of its records
 * @param bytes its length
 */
public record ExportPart(String service, String run, long chunks, long records, long bytes) {
}
