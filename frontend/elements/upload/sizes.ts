/** Bytes as people say them, in the page's language. */
export function bytes(count: number, language = document.documentElement.lang || undefined): string {
  const steps = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let [value, i] = [count, 0];
  while (value >= 1024 && i < steps.length - 1) {
    value /= 1024;
    i++;
  }
  return new Intl.NumberFormat(language, { style: "unit", unit: steps[i] ?? "byte", unitDisplay: "short", maximumFractionDigits: value < 10 && i > 0 ? 1 : 0 }).format(value);
}

/** Whether a file fits an `accept` attribute: types, `image/*` and `.ext`. An empty one takes everything. */
export function accepted(file: { name: string; type: string }, accept: string): boolean {
  const rules = accept.split(",").map((rule) => rule.trim().toLowerCase()).filter(Boolean);
  if (rules.length === 0) return true;
  const [name, type] = [file.name.toLowerCase(), file.type.toLowerCase()];
  return rules.some((rule) => (rule.startsWith(".") ? name.endsWith(rule) : rule.endsWith("/*") ? type.startsWith(rule.slice(0, -1)) : type === rule));
}
