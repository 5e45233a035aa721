package dev.agora.console.management;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import dev.agora.console.targets.Target;

/** A call of a process has failed; the message is for the viewer. */
public final class CallFailed extends RuntimeException {

	private final Kind kind;

	private CallFailed(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	/**
	 * Returns the kind of the failure.
	 * @return what the process has done with the call, as far as is known
	 */
	public Kind kind() {
		return this.kind;
	}

	static CallFailed refused(Target target, HttpStatusCode status, Optional<String> detail) {
		return new CallFailed(status.is4xxClientError() ? Kind.REFUSED : Kind.FAILED, target.name() + " responded with "
				+ status.value() + ": " + detail.orElse("The reason is in its log."));
	}

	static CallFailed of(Target target, HttpMethod method, Throwable failure) {
		if (failure instanceof CallFailed known) {
			return known;
		}
		if (failure instanceof WebClientRequestException && isBeforeConnection(failure.getCause())) {
			return new CallFailed(Kind.NOT_SENT, target.name() + " accepts no connections.");
		}
		String what = (failure instanceof TimeoutException) ? " did not respond in time." : " sent no whole response.";
		String hint = method.equals(HttpMethod.GET) ? ""
				: " It may have received the call: check the outcome before you try again.";
		return new CallFailed(Kind.UNKNOWN, target.name() + what + hint);
	}

	private static boolean isBeforeConnection(@Nullable Throwable cause) {
		return cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof NoRouteToHostException;
	}

	/** How far a call has come. */
	public enum Kind {

		/** The process has not received the call. */
		NOT_SENT,

		/** The process may have received the call, and there is no response. */
		UNKNOWN,

		/** The process responded that it has failed, perhaps after a part of the work. */
		FAILED,

		/** The process responded that it does not accept this call. */
		REFUSED

	}

}
