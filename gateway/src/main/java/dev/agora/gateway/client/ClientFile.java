package dev.agora.gateway.client;

import java.util.Map;
import java.util.Map.Entry;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.resource.HttpResource;

/** A file of the client in memory, in one of its forms. */
final class ClientFile extends ByteArrayResource implements HttpResource {

	private final String name;

	private final String etag;

	private final HttpHeaders headers = new HttpHeaders();

	/**
	 * Creates a form of a file.
	 * @param name the name, which determines the media type
	 * @param etag the entity tag of the plain form
	 * @param form the coding and the bytes; the coding of the plain form is empty
	 */
	ClientFile(String name, String etag, Entry<String, byte[]> form) {
		super(form.getValue());
		this.name = name;
		this.etag = etag;
		if (!form.getKey().isEmpty()) {
			this.headers.set(HttpHeaders.CONTENT_ENCODING, form.getKey());
		}
	}

	/** The entity tag of a file of the client. */
	static @Nullable String etag(Object resource) {
		return (resource instanceof ClientFile file) ? file.etag : null;
	}

	static ClientFile plain(String name, String etag, byte[] content) {
		return new ClientFile(name, etag, Map.entry("", content));
	}

	@Override
	public String getFilename() {
		return this.name;
	}

	@Override
	public HttpHeaders getResponseHeaders() {
		return this.headers;
	}

}
