package dev.agora.platform.web;

import java.math.BigDecimal;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Takes every way to write a whole number: {@code 3}, {@code 3.0} and {@code 3e0} are the
 * same to JSON Schema.
 */
final class WholeNumberDeserializer extends StdScalarDeserializer<Long> {

	WholeNumberDeserializer() {
		super(Long.class);
	}

	@Override
	public Long deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
			return parser.getLongValue();
		}
		if (!parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
			return (Long) context.handleUnexpectedToken(getValueType(context), parser);
		}
		BigDecimal number = parser.getDecimalValue();
		try {
			return number.longValueExact();
		}
		catch (ArithmeticException ex) {
			throw context.weirdNumberException(number, Long.class, "not a whole number");
		}
	}

}
