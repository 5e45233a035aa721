package dev.agora.gateway.client;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import dev.agora.gateway.edge.AcceptedCodings;
import dev.agora.platform.digest.Sha256;

/** A file with the forms that the build has compressed, the smallest one first. */
final class FileForms {

	private static final int ETAG_LENGTH = 32;

	private final Map<String, ClientFile> compressed = new LinkedHashMap<>();

	private final ClientFile plain;

	FileForms(String name, byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli) {
		String etag = "\"" + Sha256.hex(plain).substring(0, ETAG_LENGTH) + "\"";
		this.plain = ClientFile.plain(name, etag, plain);
		if (brotli != null) {
			this.compressed.put("br", new ClientFile(name, etag, Map.entry("br", brotli)));
		}
		if (gzip != null) {
			this.compressed.put("gzip", new ClientFile(name, etag, Map.entry("gzip", gzip)));
		}
	}

	static FileForms plain(String name, byte[] content) {
		return new FileForms(name, content, null, null);
	}

	/** The smallest form that a client accepts. */
	ClientFile choose(HttpHeaders request) {
		String accepted = String.join(",", request.getOrEmpty(HttpHeaders.ACCEPT_ENCODING));
		for (Map.Entry<String, ClientFile> form : this.compressed.entrySet()) {
			if (AcceptedCodings.contain(accepted, form.getKey())) {
				return form.getValue();
			}
		}
		return this.plain;
	}

}
