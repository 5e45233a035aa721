package dev.agora.platform.text;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Requires text that people type to follow the rules of its form. Lengths count code
 * points; {@code null} is valid. The message names the rule and the character.
 */
@Documented
@Constraint(validatedBy = TypedTextValidator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface TypedText {

	/** The form of the text. */
	TextForm form() default TextForm.LINE;

	/** The minimum length. */
	int min() default 0;

	/** The maximum length. */
	int max();

	/** Whether the text may be empty or have no visible character. */
	boolean blank() default false;

	String message() default "is not valid";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
