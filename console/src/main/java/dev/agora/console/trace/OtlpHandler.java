package dev.agora.console.trace;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.console.access.Refusal;

/** Receives spans by OTLP over HTTP, in protobuf. */
public final class OtlpHandler {

	static final int MAX_BODY = 4 << 20;

	private static final MediaType PROTOBUF = MediaType.parseMediaType("application/x-protobuf");

	/** Two bodies at a time are decoded; the others wait with their senders. */
	private final Scheduler decoding = Schedulers.newBoundedElastic(2, 64, "otlp", 60, true);

	private final Traces traces;

	private final StoreCalls calls;

	public OtlpHandler(Traces traces, StoreCalls calls) {
		this.traces = traces;
		this.calls = calls;
	}

	/**
	 * Adds the spans of a request.
	 * @param request the request
	 * @return an empty response of OTLP: all spans were accepted
	 */
	public Mono<ServerResponse> export(ServerRequest request) {
		Optional<MediaType> type = request.headers().contentType();
		if (type.isEmpty() || !PROTOBUF.equalsTypeAndSubtype(type.get())) {
			return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send OTLP as " + PROTOBUF + ".").toResponse();
		}
		String coding = request.headers().firstHeader(HttpHeaders.CONTENT_ENCODING);
		if (coding != null && !coding.equals("gzip") && !coding.equals("identity")) {
			return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding must be gzip.").toResponse();
		}
		return body(request).publishOn(this.decoding)
			.flatMap((body) -> decode(body, "gzip".equals(coding)))
			.onErrorResume(DataBufferLimitException.class, (ex) -> tooLarge())
			.onErrorResume(RejectedExecutionException.class, (ex) -> busy());
	}

	private static Mono<byte[]> body(ServerRequest request) {
		long length = request.headers().contentLength().orElse(0);
		if (length > MAX_BODY) {
			return Mono.error(new DataBufferLimitException("Content-Length: " + length));
		}
		return DataBufferUtils.join(request.exchange().getRequest().getBody(), MAX_BODY).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			return bytes;
		}).defaultIfEmpty(new byte[0]);
	}

	private Mono<ServerResponse> decode(byte[] body, boolean compressed) {
		try {
			new OtlpDecoder(this::add).decode(body, compressed);
			return ServerResponse.ok().contentType(PROTOBUF).bodyValue(new byte[0]);
		}
		catch (IOException ex) {
			return new Refusal(HttpStatus.BAD_REQUEST, "The body is no export request of OTLP: " + ex.getMessage())
				.toResponse();
		}
	}

	private void add(String trace, Span span) {
		this.traces.add(trace, span);
		this.calls.add(span);
	}

	/** The sender tries again later. */
	private static Mono<ServerResponse> busy() {
		return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "Too many bodies wait to be decoded.").toResponse();
	}

	private static Mono<ServerResponse> tooLarge() {
		return new Refusal(HttpStatus.CONTENT_TOO_LARGE, "A body may have at most " + MAX_BODY + " bytes.")
			.toResponse();
	}

}
