package dev.agora.platform.imports.upload;

import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

import dev.agora.platform.problem.RequestTimeout;

/** Receives the file of a request within the limits for uploads. */
public final class UploadReceiver {

	private final Uploads uploads;

	private final ImportSettings settings;

	public UploadReceiver(Uploads uploads, ImportSettings settings) {
		this.uploads = uploads;
		this.settings = settings;
	}

	/**
	 * Checks the headers of an upload, before anything is received.
	 * @throws UnsupportedMediaTypeStatusException if the file is not plain UTF-8
	 * @throws DataBufferLimitException if the file is longer than allowed
	 */
	public void requireAcceptable(HttpHeaders headers) {
		MediaType type = headers.getContentType();
		if (type != null && type.getCharset() != null && !"UTF-8".equals(type.getCharset().name())) {
			throw new UnsupportedMediaTypeStatusException("The charset must be UTF-8.");
		}
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
			throw new UnsupportedMediaTypeStatusException("The file must be sent without a content encoding.");
		}
		if (headers.getContentLength() > this.settings.maxUpload().toBytes()) {
			throw new DataBufferLimitException("Content-Length is over the limit of " + this.settings.maxUpload());
		}
	}

	/**
	 * Stores the file of a request while it arrives.
	 * @throws RequestTimeout if it takes too long
	 */
	public Mono<Upload> receive(ServerHttpRequest request) {
		return this.uploads.store(request.getBody(), this.settings.maxUpload().toBytes())
			.timeout(this.settings.uploadTimeout())
			.onErrorMap(TimeoutException.class, (late) -> new RequestTimeout());
	}

}
