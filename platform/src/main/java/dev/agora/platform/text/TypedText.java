package dev.agora.platform.text;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Text that people type. Lengths count code points; {@code null} is for {@code NotNull}
 * to refuse. The message names the rule and the character.
 */
@Documented
@Constraint(validatedBy = TypedTextValidator.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
public @interface TypedText {

	/** Which characters it may have. */
	TextForm form() default TextForm.LINE;

	/** How many it has at the least. */
	int min() default 0;

	/** How many it has at the most. */
	int max();

	/** Whether it may be empty or have nothing to see. */
	boolean blank() default false;

	String message() default "is not valid";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
