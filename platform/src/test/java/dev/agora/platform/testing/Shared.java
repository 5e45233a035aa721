package dev.agora.platform.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives all test classes that ask for it in {@code @BeforeAll} the same fixture, such as
 * a started service. It is created without arguments for the first class, and closed
 * after the last.
 */
public final class Shared implements ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(Shared.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
		return AutoCloseable.class.isAssignableFrom(parameter.getParameter().getType());
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
		Class<?> type = parameter.getParameter().getType();
		return test.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(type, (key) -> (Object) ReflectionSupport.newInstance(type), Object.class);
	}

}
