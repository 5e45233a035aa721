package dev.agora.platform.testing;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Starts a service that keeps its connections while other services of the same process
 * start and stop. By default all services of a process share their event loops, and the
 * first that stops ends them.
 */
public final class SharedContext {

	private SharedContext() {
	}

	/**
	 * Starts a service.
	 * @param application the class of the service
	 * @param arguments its command line
	 */
	public static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
		return new SpringApplicationBuilder(application)
			.initializers(
					(context) -> context.getBeanFactory().registerSingleton("reactorResourceFactory", ownResources()))
			.run(arguments);
	}

	private static ReactorResourceFactory ownResources() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.afterPropertiesSet();
		return resources;
	}

}
