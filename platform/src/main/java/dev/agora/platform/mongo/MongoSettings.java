package dev.agora.platform.mongo;

import java.nio.file.Path;
import java.time.Duration;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the documents are.
 *
 * @param uri the connection string: one server, a replica set or routers
 * @param ca the authority that signed the certificates, as PEM; without it those that the
 * JVM trusts
 * @param database the service's own database
 * @param selectionTimeout how long a request waits for a server that can serve it
 * @param answerTimeout how long one operation may take
 * @param maxConnections connections to one server at the most
 */
@ConfigurationProperties("agora.mongodb")
public record MongoSettings(@DefaultValue("mongodb://127.0.0.1:27017") String uri, @Nullable Path ca, String database,
		@DefaultValue("1s") Duration selectionTimeout, @DefaultValue("5s") Duration answerTimeout,
		@DefaultValue("50") int maxConnections) {

	/** The driver's own message may hold a part of the password, and is not passed on. */
	public MongoSettings {
		try {
			new ConnectionString(uri);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("agora.mongodb.uri is no connection string of MongoDB. In the user and "
					+ "the password all but letters and digits must be percent-encoded (RFC 3986).");
		}
	}

	/** Keeps the password, which may be in the connection string, out of logs. */
	@Override
	public String toString() {
		return "MongoSettings[database=" + this.database + "]";
	}

}
