package dev.agora.platform.mongo;

import java.nio.file.Path;
import java.time.Duration;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connection to MongoDB.
 *
 * @param uri the connection string of one server, a replica set or routers
 * @param ca the certificate of the authority that signed the servers' certificates, as
 * PEM; without it the JVM's own authorities are trusted
 * @param database the service's own database
 * @param selectionTimeout the maximum time that a request waits for a server or a free
 * connection
 * @param readTimeout the maximum time of one operation
 * @param maxConnections the maximum number of connections to one server
 */
@ConfigurationProperties("agora.mongodb")
public record MongoSettings(@DefaultValue("mongodb://127.0.0.1:27017") String uri, @Nullable Path ca, String database,
		@DefaultValue("1s") Duration selectionTimeout, @DefaultValue("5s") Duration readTimeout,
		@DefaultValue("50") int maxConnections) {

	/** Replaces the driver's own message, which may contain a part of the password. */
	public MongoSettings {
		try {
			new ConnectionString(uri);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("agora.mongodb.uri is no connection string of MongoDB. Percent-encode "
					+ "all characters of the user and the password but letters and digits (RFC 3986).");
		}
	}

	/** Omits the connection string, which may contain the password. */
	@Override
	public String toString() {
		return "MongoSettings[database=" + this.database + "]";
	}

}
