package dev.agora.measure;

import java.net.URI;
import java.util.Map;

/**
 * One of the compared processes.
 *
 * @param name the name in the report
 * @param pid the process whose CPU time counts
 * @param address the address that receives the requests
 * @param headers the headers of every request
 */
record Side(String name, long pid, URI address, Map<String, String> headers) {
}
