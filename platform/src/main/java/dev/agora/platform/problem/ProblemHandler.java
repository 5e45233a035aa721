package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;

import dev.agora.platform.problem.input.InputErrors;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.log.LogTrace;

/**
 * Maps the exceptions of handlers, filters and unknown paths to problem responses. No
 * other class does so. An unknown exception becomes a 500 and is logged with its stack
 * trace.
 */
@Order(-2)
public final class ProblemHandler implements ErrorWebExceptionHandler {

	/** The exchange attribute that holds the trace id, set by the request filter. */
	public static final String TRACE_ID = ProblemHandler.class.getName() + ".traceId";

	private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

	/** The header with the prefix that the gateway removed from the path. */
	public static final String FORWARDED_PREFIX = "X-Forwarded-Prefix";

	private static final String FAILED = "The request failed. The logs show the reason under the trace id.";

	private static final String TOO_LARGE = "The body is larger than allowed.";

	private final JsonMapper json;

	public ProblemHandler(JsonMapper json) {
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable exception) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(exception);
		}
		ProblemView problem = toProblem(exchange, exception);
		if (problem.status() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			LogTrace.run(exchange.getAttributeOrDefault(Trace.PARENT, ""), () -> log.error("{} {} failed, trace {}",
					exchange.getRequest().getMethod(), problem.instance(), problem.traceId(), exception));
		}
		Mono<Void> written = write(exchange.getResponse(), problem, exception);
		return (exception instanceof RequestAborted) ? written.onErrorComplete() : written;
	}

	private ProblemView toProblem(ServerWebExchange exchange, Throwable exception) {
		if (exception instanceof Problem known) {
			return view(exchange, HttpStatusCode.valueOf(known.status()), known);
		}
		if (exception instanceof ServerWebInputException input) {
			return view(exchange, input.getStatusCode(), InvalidRequest.fields(InputErrors.of(input)));
		}
		if (exception instanceof HandlerMethodValidationException invalid) {
			return view(exchange, HttpStatus.BAD_REQUEST, InvalidRequest.fields(InputErrors.of(invalid)));
		}
		if (exception instanceof DataBufferLimitException) {
			return view(exchange, HttpStatus.CONTENT_TOO_LARGE, "too-large", TOO_LARGE);
		}
		if (exception instanceof TimeoutException) {
			return view(exchange, HttpStatus.GATEWAY_TIMEOUT, "timeout", "The response was not ready in time.");
		}
		return (exception instanceof ErrorResponse response) ? toProblem(exchange, response)
				: view(exchange, HttpStatus.INTERNAL_SERVER_ERROR, "internal-server-error", FAILED);
	}

	private ProblemView toProblem(ServerWebExchange exchange, ErrorResponse response) {
		HttpStatusCode status = response.getStatusCode();
		if (status.isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
			return view(exchange, status, "too-large", TOO_LARGE);
		}
		return view(exchange, status, code(status), status.is5xxServerError() ? FAILED : detail(response));
	}

	private ProblemView view(ServerWebExchange exchange, HttpStatusCode status, Problem problem) {
		return new ProblemView(type(problem.code()), title(status), status.value(), problem.detail(),
				instance(exchange), traceId(exchange), problem.errors());
	}

	private ProblemView view(ServerWebExchange exchange, HttpStatusCode status, String code, @Nullable String detail) {
		return new ProblemView(type(code), title(status), status.value(), detail, instance(exchange), traceId(exchange),
				List.of());
	}

	private Mono<Void> write(ServerHttpResponse response, ProblemView problem, Throwable exception) {
		response.setRawStatusCode(problem.status());
		if (exception instanceof ErrorResponse known) {
			response.getHeaders().putAll(known.getHeaders());
		}
		if (exception instanceof MethodNotAllowedException refused) {
			response.getHeaders().setAllow(allowed(refused.getSupportedMethods()));
		}
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (exception instanceof Problem known && known.retryAfter() != null) {
			response.getHeaders().set("Retry-After", String.valueOf(seconds(known.retryAfter())));
		}
		if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
			response.getHeaders().set("WWW-Authenticate", "Bearer");
		}
		byte[] body = this.json.writeValueAsBytes(problem);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.just(buffer));
	}

	/** Adds HEAD to GET, and OPTIONS to all, as WebFlux serves them. */
	private static Set<HttpMethod> allowed(Set<HttpMethod> mapped) {
		Set<HttpMethod> all = new TreeSet<>(mapped);
		if (all.contains(HttpMethod.GET)) {
			all.add(HttpMethod.HEAD);
		}
		all.add(HttpMethod.OPTIONS);
		return all;
	}

	private static String detail(ErrorResponse response) {
		String detail = response.getBody().getDetail();
		return (detail != null) ? detail : "The request cannot be served: " + title(response.getStatusCode()) + ".";
	}

	private static long seconds(Duration wait) {
		return Math.max(1, wait.plusMillis(999).toSeconds());
	}

	private static String type(String code) {
		return "urn:agora:problem:" + code;
	}

	private static String code(HttpStatusCode status) {
		return title(status).toLowerCase(Locale.ROOT).replace(' ', '-');
	}

	private static String title(HttpStatusCode status) {
		HttpStatus known = HttpStatus.resolve(status.value());
		return (known != null) ? known.getReasonPhrase() : "Error";
	}

	private static String instance(ServerWebExchange exchange) {
		String prefix = exchange.getRequest().getHeaders().getFirst(FORWARDED_PREFIX);
		return ((prefix != null) ? prefix : "") + exchange.getRequest().getURI().getRawPath();
	}

	private static String traceId(ServerWebExchange exchange) {
		return String.valueOf(exchange.getAttributes().getOrDefault(TRACE_ID, "none"));
	}

}
