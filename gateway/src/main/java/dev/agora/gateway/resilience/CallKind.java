package dev.agora.gateway.resilience;

import java.util.function.Function;

import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whether a request reads or writes. The two share no guard of their route: many writes,
 * or a store that takes none, must not keep anybody from reading.
 */
public enum CallKind {

	READ, WRITE;

	static CallKind of(ServerWebExchange exchange) {
		HttpMethod method = exchange.getRequest().getMethod();
		return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method))
				? READ : WRITE;
	}

	/** The value of the tag {@code calls} of a meter. */
	public String tag() {
		return (this == READ) ? "reads" : "writes";
	}

	/**
	 * One thing for each kind.
	 *
	 * @param <T> the type of the things
	 * @param reads that of the requests that read
	 * @param writes that of the requests that write
	 */
	public record Each<T>(T reads, T writes) {

		/** Creates one for each kind. */
		public static <T> Each<T> create(Function<CallKind, T> factory) {
			return new Each<>(factory.apply(READ), factory.apply(WRITE));
		}

		/** The one for a request. */
		public T of(ServerWebExchange exchange) {
			return (CallKind.of(exchange) == READ) ? this.reads : this.writes;
		}

	}

}
