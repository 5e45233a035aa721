package dev.agora.console.action;

import org.jspecify.annotations.Nullable;

/**
 * A line of the log of actions and of what happened to processes.
 *
 * @param id the number of the line
 * @param at the time in milliseconds since 1970
 * @param text what was ordered or has happened
 * @param mark the short form, for charts
 * @param target the process or service on which an action was ordered, otherwise empty
 * @param state RUNNING, DONE or FAILED
 * @param result what the system has replied, empty until then
 * @param undo what reverts the action, null if nothing does or need be
 */
public record LogEntry(long id, long at, String text, String mark, String target, State state, String result,
		@Nullable Order undo) {

	/** The states of an action. */
	public enum State {

		/** The system works on it. */
		RUNNING,

		/** It has been done. */
		DONE,

		/** It was refused or has failed. */
		FAILED

	}

	static LogEntry begin(long id, long at, Order order) {
		return new LogEntry(id, at, order.text(), order.mark(), order.target(), State.RUNNING, "", null);
	}

	LogEntry done(Order order, String reply) {
		return new LogEntry(this.id, this.at, this.text, this.mark, this.target, State.DONE, reply, undo(order, reply));
	}

	LogEntry failed(String reason) {
		return new LogEntry(this.id, this.at, this.text, this.mark, this.target, State.FAILED, reason, null);
	}

	private static @Nullable Order undo(Order order, String reply) {
		return switch (order.verb()) {
			case KILL, STOP -> new Order(Order.Verb.START, order.target(), 0);
			case START -> new Order(Order.Verb.STOP, order.target(), 0);
			case PAUSE -> new Order(Order.Verb.RESUME, order.target(), 0);
			case RESUME -> new Order(Order.Verb.PAUSE, order.target(), 0);
			// The launcher replies with the name of the new instance.
			case CLONE -> new Order(Order.Verb.REMOVE, reply.split(" ", 2)[0], 0);
			case LOAD -> new Order(Order.Verb.UNLOAD, "", 0);
			case RESTART, REMOVE, FLUSH, UNLOAD -> null;
		};
	}

}
