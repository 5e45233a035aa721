package dev.agora.gateway.resilience;

import java.util.function.Function;

import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whether a request reads or writes. Reads and writes of a route share neither
 * concurrency limit nor circuit breaker: many writes, or a store that rejects them, must
 * not affect reads.
 */
public enum CallKind {

	READ, WRITE;

	static CallKind of(ServerWebExchange exchange) {
		HttpMethod method = exchange.getRequest().getMethod();
		return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method))
				? READ : WRITE;
	}

	/** The value of the meters' tag {@code calls}. */
	public String tag() {
		return (this == READ) ? "reads" : "writes";
	}

	/**
	 * A pair of objects, one for each kind.
	 *
	 * @param <T> the type of the objects
	 * @param reads the object for reads
	 * @param writes the object for writes
	 */
	public record Each<T>(T reads, T writes) {

		/** Creates an object for each kind. */
		public static <T> Each<T> create(Function<CallKind, T> factory) {
			return new Each<>(factory.apply(READ), factory.apply(WRITE));
		}

		/** The object for a request. */
		public T of(ServerWebExchange exchange) {
			return (CallKind.of(exchange) == READ) ? this.reads : this.writes;
		}

	}

}
