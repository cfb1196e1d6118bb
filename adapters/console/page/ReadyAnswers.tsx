/// <reference lib="dom" />
import { answersFor, SECTIONS } from './cannedAnswers.ts';

/** Ready answers to choose from, those of the ticket's section first. */
export function ReadyAnswers({ section, onChosen }: { section: number; onChosen: (text: string) => void }) {
  const answers = answersFor(section);
  const groups = [...new Set(answers.map((answer) => answer.section))];
  return (
    <label class="canned">
      <span class="sr">Insérer une réponse type</span>
      <select
        value=""
        onChange={({ currentTarget }) => {
          const chosen = answers[Number(currentTarget.value)];
          currentTarget.value = '';
          if (chosen) onChosen(chosen.text);
        }}
      >
        <option value="">Réponses types…</option>
        {groups.map((group) => (
          <optgroup key={group} label={SECTIONS[group]}>
            {answers.map((answer, i) =>
              answer.section === group ? (
                <option key={answer.title} value={i}>
                  {answer.title}
                </option>
              ) : null,
            )}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
