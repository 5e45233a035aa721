package dev.agora.platform.exports;

/**
 * A line of an export.
 *
 * @param service the name of the service that holds the record
 * @param type the type of the record
 * @param data the record
 */
public record ExportLine(String service, String type, Object data) {
}
