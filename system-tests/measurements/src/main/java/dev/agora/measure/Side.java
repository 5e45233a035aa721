package dev.agora.measure;

import java.net.URI;
import java.util.Map;

/**
 * One of the things compared.
 *
 * @param name as the report says it
 * @param pid the process whose CPU time counts
 * @param address what is asked
 * @param headers sent with every request
 */
record Side(String name, long pid, URI address, Map<String, String> headers) {
}
