import { AuthCard } from "./AuthCard.tsx";
import { SignInForm } from "./SignInForm.tsx";

export function SignInScreen() {
  return (
    <AuthCard title="Sign in" lead="To your trading desk.">
      <SignInForm />
    </AuthCard>
  );
}
