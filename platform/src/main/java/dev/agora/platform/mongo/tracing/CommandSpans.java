package dev.agora.platform.mongo.tracing;

import java.util.Optional;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import com.mongodb.event.CommandEvent;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import com.mongodb.reactivestreams.client.ReactiveContextProvider;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Tracing;

/**
 * Records the commands that requests and events of sampled traces send to MongoDB, with
 * the names of the command and of the collection, and nothing of their content.
 */
public final class CommandSpans implements CommandListener {

	private CommandSpans() {
	}

	/** Adds the spans to a client, unless this process records none. */
	public static void addTo(MongoClientSettings.Builder client, Tracing tracing) {
		if (tracing.isEnabled()) {
			ReactiveContextProvider contexts = (subscriber) -> (subscriber instanceof CoreSubscriber<?> reactor)
					? contextOf(reactor) : null;
			client.contextProvider(contexts).addCommandListener(new CommandSpans());
		}
	}

	/**
	 * Prepares the span of a command.
	 * @param command the name of the command
	 * @param collection the collection, null if the command has none
	 */
	public static SpanBuilder prepare(ActiveSpan parent, String command, @Nullable String collection) {
		SpanBuilder builder = parent.child((collection != null) ? command + " " + collection : command, SpanKind.CLIENT)
			.setAttribute("db.system.name", "mongodb")
			.setAttribute("db.operation.name", command);
		return (collection != null) ? builder.setAttribute("db.collection.name", collection) : builder;
	}

	private static @Nullable CommandContext contextOf(CoreSubscriber<?> subscriber) {
		ActiveSpan span = ActiveSpan.of(subscriber.currentContext());
		return (span != null) ? new CommandContext(span) : null;
	}

	@Override
	public void commandStarted(CommandStartedEvent event) {
		if (event.getRequestContext() instanceof CommandContext context) {
			ServerAddress server = event.getConnectionDescription().getServerAddress();
			context.start(context.parent()
				.start(prepare(context.parent(), event.getCommandName(), collectionOf(event))
					.setAttribute("db.namespace", event.getDatabaseName())
					.setAttribute("server.address", server.getHost())
					.setAttribute("server.port", server.getPort())));
		}
	}

	@Override
	public void commandSucceeded(CommandSucceededEvent event) {
		find(event).ifPresent(ActiveSpan::end);
	}

	@Override
	public void commandFailed(CommandFailedEvent event) {
		find(event).ifPresent((span) -> {
			span.fail(event.getThrowable());
			if (event.getThrowable() instanceof MongoCommandException refused) {
				span.span().setAttribute("db.response.status_code", String.valueOf(refused.getErrorCode()));
			}
			span.end();
		});
	}

	private static Optional<ActiveSpan> find(CommandEvent event) {
		return (event.getRequestContext() instanceof CommandContext context) ? Optional.ofNullable(context.take())
				: Optional.empty();
	}

	/**
	 * A command names its collection under its own name, and getMore in another field.
	 */
	private static @Nullable String collectionOf(CommandStartedEvent event) {
		BsonDocument command = event.getCommand();
		String field = "getMore".equals(event.getCommandName()) ? "collection" : event.getCommandName();
		return (command.get(field) instanceof BsonString name) ? name.getValue() : null;
	}

}
