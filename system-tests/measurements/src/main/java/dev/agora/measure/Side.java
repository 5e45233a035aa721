package dev.agora.measure;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One of the compared processes.
 *
 * @param name the name in the report
 * @param pid the process whose CPU time counts
 * @param address the address that receives the requests
 * @param headers the headers of every request
 * @param script the script of wrk that varies the requests, or null
 */
record Side(String name, long pid, URI address, Map<String, String> headers, @Nullable Path script) {

	Side(String name, long pid, URI address, Map<String, String> headers) {
		this(name, pid, address, headers, null);
	}

}
