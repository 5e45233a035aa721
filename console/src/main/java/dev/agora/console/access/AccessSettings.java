package dev.agora.console.access;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The access to the console.
 *
 * @param token the token that each request to the API must have; without one everybody
 * who reaches the console may read, and there are no actions
 * @param hosts the names under which browsers reach the console
 */
@ConfigurationProperties("console.access")
public record AccessSettings(@DefaultValue("") String token, @DefaultValue( {
		"127.0.0.1", "localhost" }) List<String> hosts){

	/** Whether the console may change the system. */
	public boolean allowsActions() {
		return !this.token.isEmpty();
	}

	/** Keeps the token out of logs. */
	@Override
	public String toString() {
		return "AccessSettings[hosts=" + this.hosts + "]";
	}

}
